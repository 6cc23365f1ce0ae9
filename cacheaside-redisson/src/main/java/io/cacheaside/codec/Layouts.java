package io.cacheaside.codec;

import com.esotericsoftware.kryo.Registration;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import com.esotericsoftware.kryo.util.IdentityObjectIntMap;
import io.cacheaside.codec.Layout.Kind;
import io.cacheaside.codec.Registry.NamedRegistration;
import io.cacheaside.error.CodecException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The classes of one tolerant payload, numbered from 1 in the order of their first mention. The first mention is the next
 * number, the id, or 1 and the name, the kind, and for classes of the application the {@link Layout}; each other one is the
 * number alone. 0 is null.
 */
final class Layouts {

    private static final int BY_NAME = 1;

    /** Bytes that a description takes, and each member in it. */
    private static final int DESCRIBED = 512;

    private static final int MEMBER = 64;

    /** Far more than a value has, and little memory. */
    private static final int MOST = 2_000;

    private static final int OPEN = 0;
    private static final int NULLABLE = 1;
    private static final int PRIMITIVE = 2;

    private final Registry registry;
    private final IdentityObjectIntMap<Registration> written = new IdentityObjectIntMap<>();
    private final List<Described> read = new ArrayList<>();

    Layouts(Registry registry) {
        this.registry = registry;
    }

    void reset() {
        written.clear();
        read.clear();
    }

    void write(Output output, Registration registration) {
        int number = written.get(registration, 0);
        if (number > 0) {
            output.writeVarInt(number, true);
            return;
        }
        if (written.size == MOST) {
            throw new CodecException("values of more than " + MOST + " classes cannot be written");
        }
        ((BoundedOutput) output).budget().charge(DESCRIBED);
        written.put(registration, written.size + 1);
        output.writeVarInt(written.size, true);
        if (registration instanceof NamedRegistration) {
            output.writeVarInt(BY_NAME, true);
            Text.write(output, registration.getType().getName());
        } else {
            output.writeVarInt(registration.getId(), true);
        }
        Layout layout = registry.layout(registration);
        output.writeByte((layout == null ? Kind.JDK : layout.kind()).code());
        if (layout != null) {
            write(output, layout);
        }
    }

    private void write(Output output, Layout layout) {
        output.writeLong(layout.identity());
        if (!layout.kind().hasMembers()) {
            return;
        }
        ((BoundedOutput) output).writeLength(layout.members().length, Long.BYTES + 1);
        ((BoundedOutput) output).budget().chargeArray(layout.members().length, MEMBER);
        for (int i = 0; i < layout.members().length; i++) {
            output.writeLong(layout.members()[i]);
            Slot slot = layout.slots()[i];
            if (slot instanceof Slot.Primitive primitive) {
                output.writeByte(PRIMITIVE);
                write(output, registry.ofValue(primitive.serializer()));
            } else if (slot instanceof Slot.Value value) {
                output.writeByte(NULLABLE);
                write(output, registry.ofValue(value.serializer()));
            } else {
                output.writeByte(OPEN);
            }
        }
    }

    /** The class that is mentioned next, whether it is known here or not, or null. */
    @Nullable
    Described read(Input input) {
        int number = input.readVarInt(true);
        if (number == 0) {
            return null;
        }
        if (number < 0 || number > read.size() + 1) {
            throw new CodecException("class number " + number + " was not described");
        }
        return number <= read.size() ? read.get(number - 1) : describe((BoundedInput) input, false);
    }

    private Described describe(BoundedInput input, boolean value) {
        if (read.size() == MOST) {
            throw new CodecException("more than " + MOST + " classes are described");
        }
        input.budget().charge(DESCRIBED);
        int id = input.readVarInt(true);
        String name = id == BY_NAME ? input.readName() : null;
        Kind kind = Kind.of(input.readByte());
        if (value && kind != Kind.JDK) {
            throw new CodecException("a field of an unknown form");
        }
        Described described = new Described(registry, id, name, kind);
        // before its members, whose classes have the next numbers
        read.add(described);
        if (kind != Kind.JDK) {
            described.found(layout(input, kind));
        }
        return described;
    }

    private Layout layout(BoundedInput input, Kind kind) {
        long identity = input.readLong();
        int count = kind.hasMembers() ? input.readLength(Long.BYTES + 1) : 0;
        if (kind.hasMembers()) {
            input.budget().chargeArray(count, MEMBER);
        }
        long[] members = new long[count];
        Slot[] slots = new Slot[count];
        for (int i = 0; i < count; i++) {
            members[i] = input.readLong();
            slots[i] = slot(input);
        }
        return new Layout(kind, identity, members, slots);
    }

    private Slot slot(BoundedInput input) {
        int form = input.readByte();
        if (form == OPEN) {
            return Slot.OPEN;
        }
        int number = input.readVarInt(true);
        Described type = number == read.size() + 1 ? describe(input, true) : read.get(number - 1);
        if (type.kind() != Kind.JDK || !(type.registration().getSerializer() instanceof ValueSerializer<?> values)) {
            throw new CodecException("a field of an unknown form");
        }
        return switch (form) {
            case NULLABLE -> new Slot.Value(values);
            case PRIMITIVE -> new Slot.Primitive(values);
            default -> throw new CodecException("a field of an unknown form");
        };
    }
}
