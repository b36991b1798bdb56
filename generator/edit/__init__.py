"""What editors do to briefs with a command: begin one, give one another id, find what points to one."""
