package dev.procession.shared;

/** What a travelling handle becomes where it arrives. */
enum ViewKind {
    BYTE,
    SHORT,
    CHAR,
    INT,
    LONG,
    FLOAT,
    DOUBLE,
    BOOLEAN,
    BYTES,
    SHORTS,
    CHARS,
    INTS,
    LONGS,
    FLOATS,
    DOUBLES,
    BOOLEANS,
    RECORD,
    RECORDS
}
