"""Word and EPUB files: text in zip packages."""
