"""Problems: known causes behind tickets, the rules that recognise them, and what is told until they are fixed."""
