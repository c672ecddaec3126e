"""What must hold of the tree itself: who may import whom, how big, how lazy, how clean."""
