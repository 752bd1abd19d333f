import { ok, refused, route, type Route } from './exchange';

/** Contract 3.6: enough to see that there are some; nothing here makes them. */
export const libraryPanelRoutes: readonly Route[] = [
  route('GET', '/api/library-elements', ['folders:read'], ({ state }) => {
    const elements = [...state.world.libraryPanels.values()];
    return ok({ result: { totalCount: elements.length, elements, page: 1, perPage: 100 } });
  }),
  route('GET', '/api/library-elements/:uid', ['folders:read'], ({ state, params }) => {
    const panel = state.world.libraryPanels.get(params['uid'] ?? '');
    if (!panel) throw refused(404, 'library element could not be found');
    return ok({ result: panel });
  }),
];
