package dev.procession.channel;

import java.io.ObjectInputFilter;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides which classes may come in a message, before anything of them is made. */
final class MessageFilter implements ObjectInputFilter {
    private static final Set<String> USUAL = Set.of(
            "dev.procession.OwnerDeath",
            "java.lang.Boolean",
            "java.lang.Byte",
            "java.lang.Character",
            "java.lang.Double",
            "java.lang.Enum",
            "java.lang.Float",
            "java.lang.Integer",
            "java.lang.Long",
            "java.lang.Number",
            "java.lang.Object",
            "java.lang.Record",
            "java.lang.Short",
            "java.lang.StackTraceElement",
            "java.lang.String",
            // Makes only lambdas of classes that are allowed themselves, since the stream names those as classes.
            "java.lang.invoke.SerializedLambda",
            "java.math.BigDecimal",
            "java.math.BigInteger",
            "java.math.MathContext",
            "java.math.RoundingMode",
            "java.net.InetAddress",
            "java.net.Inet4Address",
            "java.net.Inet6Address",
            "java.net.InetSocketAddress",
            "java.net.SocketAddress",
            "java.net.URI",
            "java.net.UnixDomainSocketAddress",
            "java.net.UnixDomainSocketAddress$Ser",
            "java.util.AbstractCollection",
            "java.util.AbstractList",
            "java.util.AbstractMap",
            "java.util.AbstractMap$SimpleEntry",
            "java.util.AbstractMap$SimpleImmutableEntry",
            "java.util.AbstractSet",
            "java.util.ArrayDeque",
            "java.util.ArrayList",
            "java.util.Arrays$ArrayList",
            "java.util.BitSet",
            "java.util.CollSer",
            "java.util.Currency",
            "java.util.Date",
            "java.util.EnumMap",
            "java.util.HashMap",
            "java.util.HashSet",
            "java.util.KeyValueHolder",
            "java.util.LinkedHashMap",
            "java.util.LinkedHashSet",
            "java.util.LinkedList",
            "java.util.Locale",
            "java.util.Map$Entry",
            "java.util.TreeMap",
            "java.util.TreeSet",
            "java.util.UUID",
            "java.util.Vector",
            "java.util.concurrent.ConcurrentHashMap",
            "java.util.concurrent.ConcurrentHashMap$Segment",
            "java.util.concurrent.CopyOnWriteArrayList",
            "java.util.concurrent.CopyOnWriteArraySet",
            "java.util.concurrent.TimeUnit",
            "java.util.concurrent.atomic.AtomicBoolean",
            "java.util.concurrent.atomic.AtomicInteger",
            "java.util.concurrent.atomic.AtomicLong",
            "java.util.concurrent.locks.AbstractOwnableSynchronizer",
            "java.util.concurrent.locks.AbstractQueuedSynchronizer",
            "java.util.concurrent.locks.ReentrantLock",
            "java.util.concurrent.locks.ReentrantLock$NonfairSync",
            "java.util.concurrent.locks.ReentrantLock$Sync");

    /**
     * Proxies for objects of a manager, what they travel as, and the lambdas that they wrap others in. Nothing is connected to
     * before a proxy is used.
     */
    private static final Set<String> OF_MANAGERS = Set.of(
            "dev.procession.manager.ArrayProxy",
            "dev.procession.manager.BarrierProxy",
            "dev.procession.manager.ConditionProxy",
            "dev.procession.manager.EventProxy",
            "dev.procession.manager.Kind",
            "dev.procession.manager.ListProxy",
            "dev.procession.manager.LockProxy",
            "dev.procession.manager.MapProxy",
            "dev.procession.manager.NamespaceProxy",
            "dev.procession.manager.ProxyForm",
            "dev.procession.manager.QueueProxy",
            "dev.procession.manager.ReentrantLockProxy",
            "dev.procession.manager.SemaphoreProxy",
            "dev.procession.manager.SetProxy",
            "dev.procession.manager.ValueProxy");

    /** A hash table of n entries asks for up to 2.7 n places, an entry has at least two bytes. */
    private static final long PLACES_PER_BYTE = 4;

    private static final long FEW_PLACES = 1024;

    private final @Nullable List<String> allowed;
    private final int maxDepth;
    private final long maxArray;

    /** @param allowed null for every class */
    MessageFilter(@Nullable List<String> allowed, int maxDepth, int messageBytes) {
        this.allowed = allowed;
        this.maxDepth = maxDepth;
        // An array of 2^31 places in a message of 50 bytes is an attack or an accident: each place needs a byte at
        // least.
        this.maxArray = Math.max(FEW_PLACES, PLACES_PER_BYTE * messageBytes);
    }

    @Override
    public Status checkInput(FilterInfo info) {
        ObjectInputFilter ofJvm = ObjectInputFilter.Config.getSerialFilter();
        if (ofJvm != null && ofJvm.checkInput(info) == Status.REJECTED) {
            return Status.REJECTED;
        }
        if (info.depth() > maxDepth || info.arrayLength() > maxArray) {
            return Status.REJECTED;
        }
        Class<?> type = info.serialClass();
        if (type == null) {
            return Status.UNDECIDED;
        }
        while (type.isArray()) {
            type = type.getComponentType();
        }
        return type.isPrimitive() || allowed == null || isUsual(type) || isAllowed(nameOf(type), allowed)
                ? Status.ALLOWED
                : Status.REJECTED;
    }

    private static boolean isUsual(Class<?> type) {
        String name = type.getName();
        return USUAL.contains(name)
                || OF_MANAGERS.contains(nameOf(type))
                || isOwnTypeProxy(type)
                || name.startsWith("java.time.")
                // Wrappers and empty collections. What they hold is looked at itself.
                || name.startsWith("java.util.Collections$")
                || name.startsWith("java.util.ImmutableCollections")
                || (Throwable.class.isAssignableFrom(type)
                        && (name.startsWith("java.") || name.startsWith("dev.procession.")));
    }

    /** Nobody can make another one with an interface of ours: no handler of proxies is allowed. */
    private static boolean isOwnTypeProxy(Class<?> type) {
        return Proxy.isProxyClass(type)
                && Arrays.stream(type.getInterfaces())
                        .anyMatch(each -> each.getName().equals("dev.procession.manager.ManagedObject"));
    }

    /** A lambda's class is made here, and belongs to the class that it stands in. */
    private static String nameOf(Class<?> type) {
        int lambda = type.isHidden() ? type.getName().indexOf("$$Lambda") : -1;
        return lambda < 0 ? type.getName() : type.getName().substring(0, lambda);
    }

    private static boolean isAllowed(String name, List<String> patterns) {
        for (String pattern : patterns) {
            boolean matches;
            if (pattern.endsWith(".**")) {
                matches = name.startsWith(pattern.substring(0, pattern.length() - 2));
            } else if (pattern.endsWith(".*")) {
                int dot = pattern.length() - 1;
                matches = name.startsWith(pattern.substring(0, dot)) && name.indexOf('.', dot) < 0;
            } else {
                matches = name.equals(pattern);
            }
            if (matches) {
                return true;
            }
        }
        return false;
    }
}
