"""What is kept ready (应急保障): looked up, checked, drawn on in an incident, reminded of."""
