"""Words for the public: the agreed line, notices, promises kept, questions from outside (7.2)."""
