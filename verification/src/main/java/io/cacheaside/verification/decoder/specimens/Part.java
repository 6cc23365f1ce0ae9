package io.cacheaside.verification.decoder.specimens;

/** A small record. */
@SuppressWarnings("ArrayRecordComponent") // compared component by component
public record Part(String name, byte[] bytes) {}
