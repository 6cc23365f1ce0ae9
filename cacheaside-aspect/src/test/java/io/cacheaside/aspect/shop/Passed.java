package io.cacheaside.aspect.shop;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Which advice of the application was passed, on which thread. */
public final class Passed {

    private static final List<String> PASSED = new CopyOnWriteArrayList<>();

    private Passed() {}

    /** The current thread passes {@code advice}. */
    public static void by(String advice) {
        PASSED.add(advice + " on " + Thread.currentThread().getName().replaceAll("-\\d+$", ""));
    }

    /** All of them, in their order. */
    public static List<String> all() {
        return List.copyOf(PASSED);
    }

    /** From now on. */
    public static void forget() {
        PASSED.clear();
    }
}
