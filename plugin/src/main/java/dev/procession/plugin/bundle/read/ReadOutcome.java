package dev.procession.plugin.bundle.read;

import java.io.Serializable;

/** What came of reading a file. */
public sealed interface ReadOutcome extends Serializable permits Piece, StylePiece, ReadFailure {}
