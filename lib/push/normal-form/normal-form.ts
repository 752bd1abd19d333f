import type { Json } from '../../grafana-json/json';
import type { Kind } from '../object';

/**
 * The form in which a body of a kind is compared: what a server or a browser adds, strips or reorders by itself makes no difference,
 * what a person changes does. Pure and idempotent; takes any JSON without throwing.
 */
export type NormalForm = (body: Json) => Json;

export type NormalForms = Readonly<Record<Kind, NormalForm>>;
