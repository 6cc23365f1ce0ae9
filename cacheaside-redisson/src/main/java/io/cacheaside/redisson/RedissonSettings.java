package io.cacheaside.redisson;

import org.jspecify.annotations.Nullable;

/**
 * Where Redis is and who we are there.
 *
 * @param address {@code redis://host:port} or, with TLS, {@code rediss://host:port}; may also name
 *     {@code user:password@} and {@code /database}, which the other components override
 * @param username null for Redis' default user
 * @param password null for none
 * @param database null for the address's, else 0
 */
public record RedissonSettings(
        String address,
        @Nullable String username,
        @Nullable String password,
        @Nullable Integer database) {

    /** Settings that say only an address. */
    public static RedissonSettings of(String address) {
        return new RedissonSettings(address, null, null, null);
    }

    /** These settings with a password. */
    public RedissonSettings withPassword(String other) {
        return new RedissonSettings(address, username, other, database);
    }

    /** Names the address without its password. */
    @Override
    public String toString() {
        return "RedissonSettings[" + masked(address) + "]";
    }

    /** {@code address} as it may stand in a log. */
    static String masked(String address) {
        return address.replaceFirst("(://[^:/@]*):[^@]*@", "$1:***@");
    }
}
