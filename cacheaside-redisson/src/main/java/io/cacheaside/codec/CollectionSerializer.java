package io.cacheaside.codec;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** Writes one kind of collection: the order if it is sorted, the number of elements, the elements. */
final class CollectionSerializer extends Serializer<Collection<Object>> {

    private final CollectionKind kind;

    CollectionSerializer(CollectionKind kind) {
        this.kind = kind;
    }

    boolean isSorted() {
        return kind.sorted();
    }

    @Override
    public void write(Kryo kryo, Output output, Collection<Object> value) {
        if (kind.sorted()) {
            Orders.write(output, value);
        }
        @Nullable Object[] items = value.toArray();
        HashCost.refuseMany(kind.type(), items.length);
        output.writeVarInt(items.length, true);
        if (kind.live()) {
            Elements.write(kryo, output, items);
        } else {
            References.of(kryo).enter(value);
            Elements.write(kryo, output, items);
            References.of(kryo).leave();
        }
    }

    @Override
    public Collection<Object> read(Kryo kryo, Input input, Class<? extends Collection<Object>> type) {
        Comparator<Object> order = kind.sorted() ? Orders.read(input) : null;
        @Nullable Object[] items = new Object[((BoundedInput) input).readElementCount()];
        HashCost.refuseMany(kind.type(), items.length);
        Collection<Object> backing = kind.backing().create(items.length, order);
        if (!kind.live()) {
            fill(backing, kryo, input, items);
            return finished(backing);
        }
        Collection<Object> result = finished(backing);
        kryo.reference(result);
        fill(backing, kryo, input, items);
        return result;
    }

    private void fill(Collection<Object> backing, Kryo kryo, Input input, @Nullable Object[] items) {
        long begin = References.of(kryo).treeSize();
        Elements.read(kryo, (BoundedInput) input, items);
        if (kind.compares()) {
            References.of(kryo).claimCompared(begin);
        }
        if (kind.hashes()) {
            HashCost.refuseClashes(items, kind.immutable());
        }
        Collections.addAll(backing, items);
    }

    private Collection<Object> finished(Collection<Object> backing) {
        return kind.finish() == null ? backing : kind.finish().apply(backing);
    }
}
