package io.cacheaside.codec;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;

/** Writes objects member by member. */
abstract class MemberSerializer extends Serializer<Object> {

    /** Reads an object of another version of its class. */
    abstract Object read(Kryo kryo, BoundedInput input, Class<?> type, Plan plan);

    /** Reads by {@code plan}. */
    final Serializer<Object> following(Plan plan) {
        return new Serializer<>() {
            @Override
            public void write(Kryo kryo, Output output, Object value) {
                throw new IllegalStateException("nothing is written as another version has it");
            }

            @Override
            public Object read(Kryo kryo, Input input, Class<? extends Object> type) {
                BoundedInput bounded = (BoundedInput) input;
                // they take memory and are not in the bytes
                bounded.claimElements(plan.missing());
                return MemberSerializer.this.read(kryo, bounded, type, plan);
            }
        };
    }
}
