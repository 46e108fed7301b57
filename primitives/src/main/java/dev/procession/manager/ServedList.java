package dev.procession.manager;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A list or an array in the server. One call after the other; functions run with the list locked. */
final class ServedList extends Servant implements ListCalls {
    private final List<@Nullable Object> list = new ArrayList<>();
    private final boolean fixed;

    /** @param fixed whether it keeps its length once {@link #fill} has said it: an array */
    ServedList(ManagerServer server, boolean fixed) {
        super(server);
        this.fixed = fixed;
    }

    private @Nullable Object kept(@Nullable Object value) {
        return Nested.kept(server, value);
    }

    private void requireGrowing() {
        if (fixed) {
            throw new UnsupportedOperationException("an array keeps its length: " + list.size());
        }
    }

    synchronized void fill(List<?> values) {
        values.forEach(value -> list.add(kept(value)));
    }

    @Override
    public synchronized int size() {
        return list.size();
    }

    @Override
    public synchronized @Nullable Object get(int index) {
        return list.get(index);
    }

    @Override
    public synchronized List<@Nullable Object> at(int index) {
        List<@Nullable Object> found = new ArrayList<>(1);
        if (index < list.size()) {
            found.add(list.get(index));
        }
        return found;
    }

    @Override
    public synchronized @Nullable Object set(int index, @Nullable Object value) {
        Objects.checkIndex(index, list.size());
        return list.set(index, kept(value));
    }

    @Override
    public synchronized boolean compareAndSet(int index, @Nullable Object expected, @Nullable Object value) {
        if (!Objects.equals(list.get(index), expected)) {
            return false;
        }
        list.set(index, kept(value));
        return true;
    }

    @Override
    public synchronized @Nullable Object update(
            int index, RemoteFunction<@Nullable Object, @Nullable Object> function) {
        Object value = kept(function.apply(list.get(index)));
        list.set(index, value);
        return value;
    }

    @Override
    public synchronized void add(@Nullable Object value) {
        requireGrowing();
        list.add(kept(value));
    }

    @Override
    public synchronized void add(int index, @Nullable Object value) {
        requireGrowing();
        list.add(index, kept(value));
    }

    @Override
    public synchronized boolean addAll(int index, List<@Nullable Object> values) {
        requireGrowing();
        List<@Nullable Object> kept = new ArrayList<>(values.size());
        values.forEach(value -> kept.add(kept(value)));
        return list.addAll(index < 0 ? list.size() : index, kept);
    }

    @Override
    public synchronized @Nullable Object removeAt(int index) {
        requireGrowing();
        return list.remove(index < 0 ? list.size() - 1 : index);
    }

    @Override
    public synchronized boolean removeFirst(@Nullable Object value) {
        requireGrowing();
        return list.remove(value);
    }

    @Override
    public synchronized boolean removeAll(List<@Nullable Object> values, boolean contained) {
        requireGrowing();
        HashSet<@Nullable Object> set = new HashSet<>(values);
        return list.removeIf(each -> set.contains(each) == contained);
    }

    @Override
    public synchronized boolean removeIf(RemotePredicate<@Nullable Object> filter) {
        requireGrowing();
        return list.removeIf(filter);
    }

    @Override
    public synchronized void replaceAll(RemoteFunction<@Nullable Object, @Nullable Object> function) {
        // All or nothing: a function that throws changes nothing.
        List<@Nullable Object> changed = new ArrayList<>(list.size());
        list.forEach(value -> changed.add(kept(function.apply(value))));
        Collections.copy(list, changed);
    }

    @Override
    @SuppressWarnings({"unchecked", "rawtypes"}) // as List.sort does with null
    public synchronized void sort(@Nullable RemoteComparator<@Nullable Object> order) {
        list.sort((java.util.Comparator) order);
    }

    @Override
    public synchronized void reverse() {
        Collections.reverse(list);
    }

    @Override
    public synchronized void clear(int from, int to) {
        requireGrowing();
        list.subList(from, to < 0 ? list.size() : to).clear();
    }

    @Override
    public synchronized void setRange(int from, List<@Nullable Object> values) {
        Objects.checkFromIndexSize(from, values.size(), list.size());
        for (int i = 0; i < values.size(); i++) {
            list.set(from + i, kept(values.get(i)));
        }
    }

    @Override
    public synchronized int indexOf(@Nullable Object value) {
        return list.indexOf(value);
    }

    @Override
    public synchronized int lastIndexOf(@Nullable Object value) {
        return list.lastIndexOf(value);
    }

    @Override
    public synchronized List<@Nullable Object> range(int from, int to) {
        return new ArrayList<>(list.subList(from, to));
    }

    @Override
    public synchronized List<@Nullable Object> all() {
        return new ArrayList<>(list);
    }
}
