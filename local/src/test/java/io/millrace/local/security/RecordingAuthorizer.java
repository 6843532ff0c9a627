package io.millrace.local.security;

import io.millrace.protocol.RightsTable.Right;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.metadata.authorizer.StandardAuthorizer;
import org.apache.kafka.server.authorizer.Action;
import org.apache.kafka.server.authorizer.AuthorizableRequestContext;
import org.apache.kafka.server.authorizer.AuthorizationResult;

/**
 * Kafka's own authorizer, which remembers what was asked of it. Questions about rights, of which
 * nothing is logged, are no use of them and are not remembered.
 */
public final class RecordingAuthorizer extends StandardAuthorizer {
  private static final Set<Asked> ASKED = ConcurrentHashMap.newKeySet();

  record Asked(
      String user, AclOperation operation, ResourceType type, String name, boolean allowed) {
    boolean isAllowedBy(Right right) {
      return right.allows(operation, type, name);
    }
  }

  static Set<Asked> asked() {
    return Set.copyOf(ASKED);
  }

  static void forget() {
    ASKED.clear();
  }

  @Override
  public List<AuthorizationResult> authorize(
      AuthorizableRequestContext context, List<Action> actions) {
    List<AuthorizationResult> results = super.authorize(context, actions);
    for (int i = 0; i < actions.size(); i++) {
      Action action = actions.get(i);
      boolean allowed = results.get(i) == AuthorizationResult.ALLOWED;
      if (allowed ? action.logIfAllowed() : action.logIfDenied()) {
        ASKED.add(
            new Asked(
                context.principal().getName(),
                action.operation(),
                action.resourcePattern().resourceType(),
                action.resourcePattern().name(),
                allowed));
      }
    }
    return results;
  }
}
