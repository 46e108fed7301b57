package dev.procession.manager;

import dev.procession.channel.AuthKey;
import java.io.Serializable;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A proxy on its way: where its object is. The key is in it only on the way into a child that is being started; other receivers
 * have the key of their tree, or know the manager already.
 *
 * @param managerId which manager, whatever its address
 * @param ofTree whether the key of the tree opens it
 * @param key the key, if it is not the tree's and may travel here
 * @param interfaces class names, for types of the user's
 */
record ProxyForm(
        String managerId,
        String managerName,
        SocketAddress address,
        boolean ofTree,
        @Nullable AuthKey key,
        long id,
        Kind kind,
        ArrayList<String> interfaces,
        @Nullable String name)
        implements Serializable {

    Object readResolve() {
        return Managers.resolve(this);
    }

    static ArrayList<String> names(List<Class<?>> interfaces) {
        ArrayList<String> names = new ArrayList<>();
        interfaces.forEach(type -> names.add(type.getName()));
        return names;
    }
}
