package io.cacheaside.verification.decoder;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;

/** What an attacker would like to have made of a name in his bytes: in no allowed package, and found out. */
final class Gadget implements Serializable {

    private static final long serialVersionUID = 1;

    /** Whether anything was made or even initialized. Outside of the classes, so that looking does not initialize them. */
    static final class Trace {
        static volatile boolean touched;

        private Trace() {}
    }

    /** Is only ever named, never used. */
    static final class Bystander {
        static {
            Trace.touched = true;
        }

        private Bystander() {}
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
        Trace.touched = true;
        in.defaultReadObject();
    }
}
