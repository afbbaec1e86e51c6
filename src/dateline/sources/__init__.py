"""Bytes to articles: files, tables, pages, and the dates they carry."""
