import type { Hono } from 'hono';
import { createAnyCaseApp, segmentsOfPath, withoutEmpty } from '../route.ts';
import type { State } from '../state.ts';
import type { ArmEnv } from './access.ts';
import { readPerson } from './access.ts';
import { refuseOtherOptions, requireApiVersion } from './body.ts';
import { ArmFault, armFault, armFaults } from './fault.ts';
import { createSecretRoutes } from './secret-routes.ts';
import {
  createOperationRoutes,
  createProviderRoutes,
  createSubscriptionRoutes,
} from './subscription-routes.ts';
import { createVaultRoutes } from './vault-routes.ts';

/** management.azure.com: every request needs a person's token for Azure Resource Manager, and an api-version. */
export function createArmApp(state: State): Hono<ArmEnv> {
  const app = createAnyCaseApp<ArmEnv>(segmentsOf);
  app.use(async (c, next) => {
    c.header('x-ms-request-id', state.ids.guid());
    c.header('Cache-Control', 'no-cache');
    c.set('person', await readPerson(state, c.req.header('authorization')));
    requireApiVersion(c);
    refuseOtherOptions(c);
    await next();
    // learn.microsoft.com/rest/api/resources/resources/check-existence-by-id
    if (c.req.method === 'HEAD' && c.res.status === 200)
      c.res = new Response(null, { ...c.res, status: 204 });
  });
  const rooms = [
    createSubscriptionRoutes(state),
    createOperationRoutes(state),
    createProviderRoutes(state),
    createSecretRoutes(state),
    createVaultRoutes(state),
  ];
  for (const room of rooms) app.route('/', room);
  app.notFound((c) => armFault(c, armFaults.notPlayed(`${c.req.method} of '${c.req.path}'`)));
  app.onError((error, c) => armFault(c, asArmFault(error)));
  return app;
}

/** Azure does not mind doubled slashes, which its SDK makes of an empty parent path. */
const segmentsOf = (request: Request): string[] => withoutEmpty(segmentsOfPath(request));

/** A mistake of the practice tenant itself looks like one of the service's bad moments, and says what it was. */
function asArmFault(error: Error): ArmFault {
  if (error instanceof ArmFault) return error;
  return new ArmFault(500, 'InternalServerError', error.message);
}
