package io.cacheaside.spi;

/**
 * One holder's claim on the lease of one key.
 *
 * @param key complete key
 * @param holder who asks for the lease, or has it
 */
public record Claim(String key, long holder) {}
