"""``./hub bench planted-faults``: plants each fault in a copy of the project and runs the tests that must notice it."""
