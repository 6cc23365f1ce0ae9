package io.cacheaside.verification.decoder.specimens;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A class without a record's order: fields, a cycle, no way to make it without a name. */
public final class Node {

    private final String name;
    private @Nullable Node next;
    private final List<Node> others = new ArrayList<>();

    /** A node that knows nobody. */
    public Node(String name) {
        this.name = name;
    }

    /** Three nodes in a circle, all of them known to the first. */
    public static Node circle() {
        Node first = new Node("first");
        Node second = new Node("second");
        Node third = new Node("third");
        first.next = second;
        second.next = third;
        third.next = first;
        first.others.addAll(List.of(first, second, third));
        return first;
    }

    /** Its name. */
    public String name() {
        return name;
    }

    /** The next one. */
    public @Nullable Node next() {
        return next;
    }

    /** The nodes that it knows. */
    public List<Node> others() {
        return others;
    }
}
