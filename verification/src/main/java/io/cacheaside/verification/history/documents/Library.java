package io.cacheaside.verification.history.documents;

/** Each document by the annotated service that has it. */
final class Library {

    private final AnnotatedDocuments single;
    private final ShelvedDocuments shelved;
    private final Shelves shelves;

    Library(AnnotatedDocuments single, ShelvedDocuments shelved, Shelves shelves) {
        this.single = single;
        this.shelved = shelved;
        this.shelves = shelves;
    }

    Document read(int id) {
        return shelves.hold(id) ? shelved.read(shelves.of(id), id) : single.read(id);
    }

    int change(int id) {
        return shelves.hold(id) ? shelved.change(shelves.of(id), id) : single.change(id);
    }

    int changeStrictly(int id) {
        return shelves.hold(id) ? shelved.changeStrictly(shelves.of(id), id) : single.changeStrictly(id);
    }

    int changeDurably(int id) {
        return shelves.hold(id) ? shelved.changeDurably(shelves.of(id), id) : single.changeDurably(id);
    }

    int changeInBackground(int id) {
        return shelves.hold(id) ? shelved.changeInBackground(shelves.of(id), id) : single.changeInBackground(id);
    }
}
