"""The assistant for programs: five functions with types. A server offers them over HTTP, `icat mcp` as tools."""
