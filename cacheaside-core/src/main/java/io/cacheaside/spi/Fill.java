package io.cacheaside.spi;

import java.time.Duration;

/**
 * What one holder wants to be stored under one key.
 *
 * @param key complete key
 * @param holder who has the lease
 * @param frame the entry; not copied
 * @param ttl its lifetime, positive, rounded up to milliseconds
 */
@SuppressWarnings("ArrayRecordComponent") // passed on, never compared
public record Fill(String key, long holder, byte[] frame, Duration ttl) {}
