package io.cacheaside.codec;

import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.cacheaside.error.CodecException;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** The comparators of sorted collections that can be written, one byte each: those that the JDK names. */
final class Orders {

    private static final byte NONE = 0;

    /** The position plus one is the byte. */
    private static final List<Comparator<?>> KNOWN =
            List.of(Comparator.naturalOrder(), Collections.reverseOrder(), String.CASE_INSENSITIVE_ORDER);

    private Orders() {}

    static void write(Output output, Object sorted) {
        Comparator<?> order = of(sorted);
        int known = order == null ? NONE : KNOWN.indexOf(order) + 1;
        if (order != null && known == 0) {
            throw new CodecException("a " + sorted.getClass().getName() + " with the comparator "
                    + order.getClass().getName() + " cannot be written");
        }
        output.writeByte(known);
    }

    @SuppressWarnings("unchecked") // the elements were in this order when they were written
    static @Nullable Comparator<Object> read(Input input) {
        byte known = input.readByte();
        return known == NONE ? null : (Comparator<Object>) KNOWN.get(known - 1);
    }

    private static @Nullable Comparator<?> of(Object sorted) {
        if (sorted instanceof SortedSet<?> set) {
            return set.comparator();
        }
        if (sorted instanceof SortedMap<?, ?> map) {
            return map.comparator();
        }
        return sorted instanceof PriorityQueue<?> queue ? queue.comparator() : null;
    }
}
