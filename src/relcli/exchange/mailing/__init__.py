"""Mail: messages written for a mailer, and mailboxes read."""
