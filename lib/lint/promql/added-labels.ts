/**
 * Labels that people's scraping, service discovery or federation writes on everything, whatever the exporter: a metric that does
 * not have one of them by itself may well have it.
 */
export const isOftenAdded = (label: string): boolean => common.has(label) || prefixed.test(label);

const common = new Set(
  `account alias app application bucket cluster cluster_id cluster_name component container container_name customer datacenter dc device_name
  domain endpoint env environment exporter family farm fqdn group host hostname id image instance_id instance_name instancename ip job_name kind
  label location machine metrics_path model monitor name namespace node node_name nodename origin os owner platform pod pod_name
  product project prometheus prometheus_replica provider rack region release replica role room scheme server server_name service
  service_name shard site source stack stage store subsystem system target team tenant tenant_id tier type uid uuid version vm vmid workload zone vendor building floor rackid serverid device_type hardware
  host_name host_ip address agent_hostname ident title`.split(/\s+/),
);

const prefixed =
  /^(exported_|__|label_|container_label_|container_env_|kubernetes_|k8s_|app_kubernetes_io_|meta_|tag_|ec2_|docker_|nomad_|consul_|service_|deployment_|otel_|telemetry_|cloud_|aws_|gcp_|azure_|custom_|proxmox_|com_|io_|org_)/;
