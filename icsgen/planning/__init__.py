"""Planning: an interview, its journal and a playbook in; explained follow-ups out. Pure."""
