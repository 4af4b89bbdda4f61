"""From findings and editions to what people read: text, JSON lines, xlsx, docx, html."""
