"""Teaching the cleaner: pages with the truth about their lines -> weights and a report. Nothing here runs in the desk."""
