package dev.procession.plugin.bundle;

import java.io.Serializable;

/** What came of reading a file. */
sealed interface ReadOutcome extends Serializable permits Piece, StylePiece, ReadFailure {}
