package io.cacheaside.codec;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.cacheaside.error.CodecException;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objenesis.instantiator.ObjectInstantiator;

/** Writes the fields of an ordinary class and of its superclasses. Final fields are set, too. */
final class BeanSerializer extends MemberSerializer {

    private final ObjectInstantiator<?> instantiator;
    private final MethodHandle[] getters;
    private final MethodHandle[] setters;
    private final Slot[] slots;
    private final int cost;

    BeanSerializer(Class<?> type, Evolution evolution) {
        List<Field> fields = Fields.of(type);
        cost = Fields.size(type);
        instantiator = Members.instantiator(type);
        getters = fields.stream().map(Members::getter).toArray(MethodHandle[]::new);
        setters = fields.stream().map(Members::setter).toArray(MethodHandle[]::new);
        slots = fields.stream()
                .map(field -> Slot.of(field.getType(), evolution))
                .toArray(Slot[]::new);
    }

    @Override
    public void write(Kryo kryo, Output output, Object value) {
        ((BoundedOutput) output).budget().charge(cost);
        for (int i = 0; i < slots.length; i++) {
            slots[i].write(kryo, output, get(i, value));
        }
    }

    @Override
    public Object read(Kryo kryo, Input input, Class<?> type) {
        ((BoundedInput) input).budget().charge(cost);
        Object value = instantiator.newInstance();
        kryo.reference(value);
        for (int i = 0; i < slots.length; i++) {
            set(i, value, slots[i].read(kryo, (BoundedInput) input));
        }
        return value;
    }

    /** What is missing stays as the constructor has left it. */
    @Override
    Object read(Kryo kryo, BoundedInput input, Class<?> type, Plan plan) {
        input.budget().charge(cost + Skipper.COST);
        Object value = instantiator.newInstance();
        kryo.reference(value);
        Skipper skipper = new Skipper(kryo, input);
        for (int i = 0; i < plan.targets().length; i++) {
            if (plan.targets()[i] == Plan.UNKNOWN) {
                skipper.skip(plan.slots()[i]);
            } else {
                set(plan.targets()[i], value, slots[plan.targets()[i]].read(kryo, input));
            }
        }
        return value;
    }

    private @Nullable Object get(int index, Object value) {
        try {
            return (Object) getters[index].invokeExact(value);
        } catch (Throwable e) {
            throw new CodecException("a field of " + value.getClass().getName() + " cannot be read", e);
        }
    }

    private void set(int index, Object value, @Nullable Object field) {
        try {
            setters[index].invokeExact(value, field);
        } catch (Throwable e) {
            throw new CodecException("a field of " + value.getClass().getName() + " cannot be set", e);
        }
    }
}
