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

    static SlotKeys of(String key) {
        return new SlotKeys(
                key,
                "cacheaside:lease:{" + key + "}",
                "cacheaside:wait:{" + key + "}",
                "cacheaside:mark:{" + key + "}");
    }

    /** The field that an RLock's hash has for its owner: the client's id and, in a thread's place, the holder. */
    static String owner(String clientId, long holder) {
        return clientId + ":" + holder;
    }

    List<Object> all() {
        return List.of(value, lease, note, marks);
    }
}
