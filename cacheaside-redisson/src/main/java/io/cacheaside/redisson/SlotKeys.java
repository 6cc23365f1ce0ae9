package io.cacheaside.redisson;

import java.util.List;

/**
 * The Redis keys of one slot. All hash to the cluster slot of the value's key, which contains no brace.
 *
 * @param value the complete key as it is
 * @param lease the name of the RLock
 * @param note exists while somebody waits for the lease
 * @param marks hash of the marks that stand on the key; expires with the last of them
 */
record SlotKeys(String value, String lease, String note, String marks) {

    private static final String LEASE = "cacheaside:lease:{";

    static SlotKeys of(String key) {
        return new SlotKeys(key, LEASE + key + "}", "cacheaside:wait:{" + key + "}", "cacheaside:mark:{" + key + "}");
    }

    /** The pattern of the leases of all keys that begin with what {@code pattern} matches. */
    static String leases(String pattern) {
        return LEASE + pattern + "*";
    }

    /** The key whose lease or value is called {@code name}; no key contains a brace. */
    static String keyOf(String name) {
        return name.startsWith(LEASE) && name.endsWith("}") ? name.substring(LEASE.length(), name.length() - 1) : name;
    }

    /** The name of the index of {@code tag}; it hashes to a slot of its own. */
    static String index(String tag) {
        return "cacheaside:tag:{" + tag + "}";
    }

    /** The field that an RLock's hash has for its owner: the client's id and, in a thread's place, the holder. */
    static String owner(String clientId, long holder) {
        return clientId + ":" + holder;
    }

    List<Object> all() {
        return List.of(value, lease, note, marks);
    }
}
