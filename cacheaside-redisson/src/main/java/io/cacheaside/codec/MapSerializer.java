package io.cacheaside.codec;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
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
        HashCost.refuseMany(kind.type(), value.size());
        if (kind.live()) {
            writeEntries(kryo, output, value);
        } else {
            References.of(kryo).enter(value);
            writeEntries(kryo, output, value);
            References.of(kryo).leave();
        }
    }

    static void writeEntries(Kryo kryo, Output output, Map<?, ?> value) {
        List<@Nullable Object> keys = new ArrayList<>(value.size());
        List<@Nullable Object> values = new ArrayList<>(value.size());
        // one pass: a concurrent map may change meanwhile
        value.forEach((k, v) -> {
            keys.add(k);
            values.add(v);
        });
        output.writeVarInt(keys.size(), true);
        Elements.write(kryo, output, keys.toArray());
        Elements.write(kryo, output, values.toArray());
    }

    @Override
    public Map<Object, Object> read(Kryo kryo, Input input, Class<? extends Map<Object, Object>> type) {
        Comparator<Object> order = kind.sorted() ? Orders.read(input) : null;
        BoundedInput bounded = (BoundedInput) input;
        int size = bounded.readElementCount();
        bounded.claimElements(size);
        HashCost.refuseMany(kind.type(), size);
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
        long begin = References.of(kryo).treeSize();
        Elements.read(kryo, input, keys);
        References.of(kryo).claimCompared(begin);
        if (kind != null && !kind.sorted()) {
            HashCost.refuseClashes(keys, kind.immutable());
        }
        Elements.read(kryo, input, values);
        for (int i = 0; i < size; i++) {
            into.put(keys[i], values[i]);
        }
    }

    private Map<Object, Object> finished(Map<Object, Object> backing) {
        return kind.finish() == null ? backing : kind.finish().apply(backing);
    }
}
