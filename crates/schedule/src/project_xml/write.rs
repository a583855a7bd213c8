//! Writing a plan, and its dates, as Microsoft Project XML.
