package io.cacheaside.codec;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.cacheaside.codec.References.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes one kind of map: the order if it is sorted, the number of entries, all keys, all values. */
final class MapSerializer extends Serializer<Map<Object, Object>> {

    private final MapKind kind;

    MapSerializer(MapKind kind) {
        this.kind = kind;
    }

    boolean isSorted() {
        return kind.sorted();
    }

    @Override
    public void write(Kryo kryo, Output output, Map<Object, Object> value) {
        if (kind.sorted()) {
            Orders.write(output, value);
        }
        if (kind.live()) {
            writeEntries(kryo, (BoundedOutput) output, kind, value);
        } else {
            References.of(kryo).enter(value);
            writeEntries(kryo, (BoundedOutput) output, kind, value);
            References.of(kryo).leave();
        }
    }

    /** @param kind null where keys are neither hashed nor compared */
    static void writeEntries(Kryo kryo, BoundedOutput output, @Nullable MapKind kind, Map<?, ?> value) {
        List<@Nullable Object> keys = new ArrayList<>(value.size());
        List<@Nullable Object> values = new ArrayList<>(value.size());
        // one pass: a concurrent map may change meanwhile
        value.forEach((k, v) -> {
            keys.add(k);
            values.add(v);
        });
        begin(kryo, kind, keys.size(), output.budget());
        output.writeVarInt(keys.size(), true);
        @Nullable Object[] keyArray = keys.toArray();
        References references = References.of(kryo);
        Place begin = references.at(output.position());
        Elements.write(kryo, output, keyArray);
        weigh(references, begin, references.at(output.position()), kind, keyArray, output.budget());
        Elements.write(kryo, output, values.toArray());
    }

    /** As {@link #writeEntries}: a collection of {@code size} entries begins. */
    static void begin(Kryo kryo, @Nullable MapKind kind, int size, Budget budget) {
        if (kind == null) {
            budget.chargeArray(size, 2 * Integer.BYTES);
        } else {
            HashCost.refuseMany(kind.type(), size);
            budget.charge(kind.cost(size));
        }
        References.of(kryo).beginCollection();
    }

    /** Refuses keys that would take too long, or too much, to be put in. */
    private static void weigh(
            References references,
            Place begin,
            Place end,
            @Nullable MapKind kind,
            @Nullable Object[] keys,
            Budget budget) {
        references.compare(begin, end);
        if (kind != null && !kind.sorted()) {
            references.hash(begin, end, HashCost.look(keys, kind.immutable(), end.hasCollectionsSince(begin), budget));
        }
    }

    @Override
    public Map<Object, Object> read(Kryo kryo, Input input, Class<? extends Map<Object, Object>> type) {
        Comparator<Object> order = kind.sorted() ? Orders.read(input) : null;
        BoundedInput bounded = (BoundedInput) input;
        int size = bounded.readElementCount();
        bounded.claimElements(size);
        begin(kryo, kind, size, bounded.budget());
        Map<Object, Object> backing = kind.backing().create(size, order);
        if (!kind.live()) {
            readEntries(kryo, bounded, size, kind, backing);
            return finished(backing);
        }
        Map<Object, Object> result = finished(backing);
        kryo.reference(result);
        readEntries(kryo, bounded, size, kind, backing);
        return result;
    }

    /** @param kind null where keys are neither hashed nor compared */
    static void readEntries(Kryo kryo, BoundedInput input, int size, @Nullable MapKind kind, Map<Object, Object> into) {
        @Nullable Object[] keys = new Object[size];
        @Nullable Object[] values = new Object[size];
        References references = References.of(kryo);
        Place begin = references.at(input.position());
        Elements.read(kryo, input, keys);
        weigh(references, begin, references.at(input.position()), kind, keys, input.budget());
        Elements.read(kryo, input, values);
        for (int i = 0; i < size; i++) {
            into.put(keys[i], values[i]);
        }
    }

    private Map<Object, Object> finished(Map<Object, Object> backing) {
        return kind.finish() == null ? backing : kind.finish().apply(backing);
    }
}
