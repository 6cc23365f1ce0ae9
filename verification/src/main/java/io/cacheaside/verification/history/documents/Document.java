package io.cacheaside.verification.history.documents;

import java.io.Serializable;

/** A row as the readers get it: its version, and enough text to be a value. */
public record Document(int id, int version, String text) implements Serializable {

    private static final String TEXT = "A document of the size that cached values tend to have. ".repeat(4);

    /** The document {@code id} in {@code version}. */
    public static Document of(int id, int version) {
        return new Document(id, version, TEXT + version);
    }
}
