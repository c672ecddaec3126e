"""The site folder: domain objects read and written, each with its file and line."""
