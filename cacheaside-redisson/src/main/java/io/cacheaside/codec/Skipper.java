package io.cacheaside.codec;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Registration;
import com.esotericsoftware.kryo.Serializer;
import io.cacheaside.codec.Layout.Kind;
import io.cacheaside.error.CodecException;
import org.jspecify.annotations.Nullable;

/**
 * Passes over the members of a tolerant payload that do not exist here, by what the payload says of their classes: those
 * need not exist here either. Makes no object but JDK values that are dropped at once. The numbers of shared objects go on, so
 * that later references mean the same objects; a reference to one that was passed over is refused where a value needs it.
 */
final class Skipper {

    /** Bytes of one. */
    static final int COST = 40;

    private final Kryo kryo;
    private final BoundedInput input;
    private final RegistryResolver classes;
    private final References references;
    private int depth;

    Skipper(Kryo kryo, BoundedInput input) {
        this.kryo = kryo;
        this.input = input;
        this.classes = (RegistryResolver) kryo.getClassResolver();
        this.references = References.of(kryo);
        this.depth = kryo.getDepth();
    }

    /** Passes over what stands in {@code slot}. */
    void skip(Slot slot) {
        if (slot instanceof Slot.Primitive || slot instanceof Slot.Value) {
            slot.read(kryo, input);
        } else {
            classAndObject();
        }
    }

    private void classAndObject() {
        Described type = classes.described(input);
        if (type != null) {
            object(type);
        }
    }

    private void object(Described type) {
        if (isShared(type) && references.skip(input.readVarInt(true))) {
            return;
        }
        if (++depth > KryoSession.MOST_DEPTH) {
            throw new CodecException("too deep");
        }
        body(type);
        depth--;
    }

    private static boolean isShared(Described type) {
        if (type.kind() != Kind.JDK) {
            return type.kind() != Kind.ENUM;
        }
        return !(type.registration().getSerializer() instanceof ValueSerializer<?> values) || values.isShared();
    }

    private void body(Described type) {
        switch (type.kind()) {
            case JDK -> jdk(type.registration());
            case ENUM -> input.readText();
            case ARRAY -> elements(input.readElementCount());
            default -> {
                for (Slot slot : type.slots()) {
                    skip(slot);
                }
            }
        }
    }

    /** As the serializers read. */
    private void jdk(Registration registration) {
        Serializer<?> serializer = registration.getSerializer();
        if (serializer instanceof ValueSerializer<?> values) {
            values.readValue(input);
        } else if (serializer instanceof CollectionSerializer collections) {
            order(collections.isSorted());
            elements(input.readElementCount());
        } else if (serializer instanceof MapSerializer maps) {
            order(maps.isSorted());
            entries();
        } else if (serializer instanceof EnumSetSerializer) {
            constants(classes.described(input));
        } else if (serializer instanceof EnumMapSerializer) {
            classes.described(input);
            entries();
        } else if (serializer instanceof OptionalSerializer) {
            classAndObject();
        } else if (serializer instanceof EntrySerializer) {
            classAndObject();
            classAndObject();
        } else {
            throw new CodecException(registration.getType().getName() + " cannot be passed over");
        }
    }

    private void order(boolean sorted) {
        if (sorted) {
            Orders.read(input);
        }
    }

    private void entries() {
        int size = input.readElementCount();
        input.claimElements(size);
        elements(size);
        elements(size);
    }

    /** As {@link Elements}. */
    private void elements(int count) {
        Described same = count == 0 ? null : classes.described(input);
        for (int i = 0; i < count; i++) {
            if (same == null) {
                classAndObject();
            } else {
                object(same);
            }
        }
    }

    private void constants(@Nullable Described type) {
        int count = input.readElementCount();
        if (type == null || type.kind() != Kind.ENUM) {
            throw new CodecException("no enum where there must be one");
        }
        for (int i = 0; i < count; i++) {
            body(type);
        }
    }
}
