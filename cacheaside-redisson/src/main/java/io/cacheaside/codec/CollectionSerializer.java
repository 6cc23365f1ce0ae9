package io.cacheaside.codec;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.cacheaside.codec.References.Place;
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
        BoundedOutput bounded = (BoundedOutput) output;
        begin(kryo, items.length, bounded.budget());
        output.writeVarInt(items.length, true);
        if (kind.live()) {
            writeElements(kryo, bounded, items);
        } else {
            References.of(kryo).enter(value);
            writeElements(kryo, bounded, items);
            References.of(kryo).leave();
        }
    }

    private void writeElements(Kryo kryo, BoundedOutput output, @Nullable Object[] items) {
        References references = References.of(kryo);
        Place begin = references.at(output.position());
        Elements.write(kryo, output, items);
        weigh(references, begin, references.at(output.position()), items, output.budget());
    }

    private void begin(Kryo kryo, int size, Budget budget) {
        HashCost.refuseMany(kind.type(), size);
        budget.charge(kind.cost(size));
        References.of(kryo).beginCollection();
    }

    /** Refuses elements that would take too long, or too much, to be put in. */
    private void weigh(References references, Place begin, Place end, @Nullable Object[] items, Budget budget) {
        if (kind.compares()) {
            references.compare(begin, end);
        }
        if (kind.hashes()) {
            references.hash(begin, end, HashCost.look(items, kind.immutable(), end.hasCollectionsSince(begin), budget));
        }
    }

    @Override
    public Collection<Object> read(Kryo kryo, Input input, Class<? extends Collection<Object>> type) {
        Comparator<Object> order = kind.sorted() ? Orders.read(input) : null;
        BoundedInput bounded = (BoundedInput) input;
        int size = bounded.readElementCount();
        begin(kryo, size, bounded.budget());
        @Nullable Object[] items = new Object[size];
        Collection<Object> backing = kind.backing().create(items.length, order);
        if (!kind.live()) {
            fill(backing, kryo, bounded, items);
            return finished(backing);
        }
        Collection<Object> result = finished(backing);
        kryo.reference(result);
        fill(backing, kryo, bounded, items);
        return result;
    }

    private void fill(Collection<Object> backing, Kryo kryo, BoundedInput input, @Nullable Object[] items) {
        References references = References.of(kryo);
        Place begin = references.at(input.position());
        Elements.read(kryo, input, items);
        weigh(references, begin, references.at(input.position()), items, input.budget());
        Collections.addAll(backing, items);
    }

    private Collection<Object> finished(Collection<Object> backing) {
        return kind.finish() == null ? backing : kind.finish().apply(backing);
    }
}
