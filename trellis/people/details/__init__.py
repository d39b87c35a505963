"""A person's details, section by section: what each holds, its form, and its saving with history."""
