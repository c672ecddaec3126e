"""Events and problems (JR/T 0099 5.8): logged, urged, closed, reviewed; and put right for good."""
