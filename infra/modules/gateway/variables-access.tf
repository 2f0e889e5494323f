variable "tenant_id" {
  type        = string
  description = "Entra tenant whose tokens are accepted."

  validation {
    condition     = can(regex("^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$", var.tenant_id))
    error_message = "tenant_id must be a GUID: a domain name could come to mean another tenant."
  }
}

variable "authority_host" {
  type        = string
  nullable    = false
  description = "Address of Entra; another one in sovereign clouds."
  default     = "https://login.microsoftonline.com"

  validation {
    condition     = contains(["https://login.microsoftonline.com", "https://login.microsoftonline.us", "https://login.partner.microsoftonline.cn"], var.authority_host)
    error_message = "authority_host must be Entra's in a cloud of Microsoft: https://login.microsoftonline.com, https://login.microsoftonline.us or https://login.partner.microsoftonline.cn. Whoever answers there says who may call."
  }
}

variable "audiences" {
  type        = list(string)
  description = "Audiences of the tokens that are accepted: the gateway application's client id first (v2.0 tokens carry it), and its identifier URI."

  validation {
    condition     = length(var.audiences) > 0 && alltrue([for audience in var.audiences : can(regex("^[A-Za-z0-9:/._-]+$", audience))])
    error_message = "audiences must hold at least one client id or identifier URI."
  }
}

variable "identifier_uri" {
  type        = string
  description = "Identifier URI of the gateway application, in front of its scopes' names; default api://<first audience>."
  default     = null

  validation {
    condition     = var.identifier_uri == null || can(regex("^[A-Za-z0-9:/._-]+[A-Za-z0-9]$", var.identifier_uri))
    error_message = "identifier_uri must be a URI without a slash at its end."
  }
}

variable "secrets_audience" {
  type        = string
  description = "Audience of the tokens for the secrets server: the secrets application's client id. Required where there is such a server."
  default     = null

  validation {
    condition     = var.secrets_audience != null || !anytrue(values(var.mcp_servers)[*].secrets)
    error_message = "secrets_audience is required where mcp_servers holds a secrets server."
  }

  validation {
    condition     = var.secrets_audience == null || !contains(var.audiences, coalesce(var.secrets_audience, "-"))
    error_message = "secrets_audience must not be among audiences: a user's token would open the secrets server."
  }
}

variable "secrets_identifier_uri" {
  type        = string
  description = "Identifier URI of the secrets application; default api://<secrets_audience>."
  default     = null

  validation {
    condition     = var.secrets_identifier_uri == null || can(regex("^[A-Za-z0-9:/._-]+[A-Za-z0-9]$", var.secrets_identifier_uri))
    error_message = "secrets_identifier_uri must be a URI without a slash at its end."
  }
}

variable "allowed_client_ids" {
  type        = list(string)
  description = "Client applications whose users' tokens are accepted. Applications that act as themselves are let in by their role in Entra, not by this list."
  default     = []

  validation {
    condition     = alltrue([for id in var.allowed_client_ids : can(regex("^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$", id))])
    error_message = "allowed_client_ids must be GUIDs."
  }
}

variable "write_role" {
  type        = string
  description = "App role that a person must hold besides the scope to use a writing tool; null where the scope alone decides. Client applications get scopes for all of their users, a role is one person's."
  default     = null

  validation {
    condition     = var.write_role == null || can(regex("^[A-Za-z0-9._-]+$", var.write_role))
    error_message = "write_role must be an app role's value."
  }
}

variable "canary" {
  type = object({
    principal_id = string
  })
  description = "Object id of the identity as which the offboarding app calls to see whether the detection of bulk reading sees it; null for no such API. It holds mcp.tools.read.app on the gateway application."
  default     = null

  validation {
    condition     = var.canary == null || can(regex("^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$", try(var.canary.principal_id, "")))
    error_message = "canary.principal_id must be a GUID."
  }
}

variable "mcp_servers" {
  type = map(object({
    backend_url    = string
    path           = optional(string, "/mcp")
    secrets        = optional(bool, false)
    tasks          = optional(bool, false)
    resources      = optional(bool, false)
    prompts        = optional(bool, false)
    client_answers = optional(bool, false)
    allowed_roots  = optional(list(string), [])
  }))
  description = "MCP servers by type: address without path, the path of the MCP endpoint there, and whether it hands out secrets: then it is for applications only, with tokens of the secrets application. tasks passes the methods of tasks, resources and prompts those of resources and of prompts; client_answers what clients answer to a server that asks (elicitation, sampling); allowed_roots the roots with which a client may tell a file-system server what to serve: these URIs, and what is below them."

  validation {
    condition     = alltrue([for type, server in var.mcp_servers : server.secrets || !can(regex("secret([^a]|a[^r]|$)|credential|passw(or)?d|passphrase|vault|bitwarden|keepass|lastpass|(^|[^a-z0-9])((api|access|account|ssh|pgp|gpg|pass|private|master|signing|encryption)?keys?(chains?|rings?|stores?)?|kv|creds)[0-9]*([^a-z0-9]|$)", type))])
    error_message = "mcp_servers: secrets must be true for ${join(", ", [for type, server in var.mcp_servers : type if !server.secrets && can(regex("secret([^a]|a[^r]|$)|credential|passw(or)?d|passphrase|vault|bitwarden|keepass|lastpass|(^|[^a-z0-9])((api|access|account|ssh|pgp|gpg|pass|private|master|signing|encryption)?keys?(chains?|rings?|stores?)?|kv|creds)[0-9]*([^a-z0-9]|$)", type))])}, whose name speaks of secrets, vaults, keys or credentials."
  }

  validation {
    condition     = alltrue([for type in keys(var.mcp_servers) : can(regex("^[a-z][a-z0-9-]{1,29}$", type)) && !contains(["root", "canary", "canary-others"], type)])
    error_message = "A server type is 2 to 30 lower-case letters, digits or hyphens, begins with a letter, and is not root, canary or canary-others: those are the gateway's own."
  }

  validation {
    condition     = alltrue([for server in values(var.mcp_servers) : can(regex("^https?://[^/?#\\s]+$", server.backend_url)) && can(regex("^/[A-Za-z0-9/._-]*$", server.path)) && !can(regex("(^|/)[.]{1,2}(/|$)", server.path))])
    error_message = "backend_url must be http(s)://host[:port], and path begin with a slash, without . or .. as a part."
  }

  validation {
    condition     = alltrue([for root in flatten([for server in values(var.mcp_servers) : server.allowed_roots]) : can(regex("^[a-z][a-z0-9+.-]*:/[A-Za-z0-9/._-]*[A-Za-z0-9_-]$", root)) && !strcontains(root, "..")])
    error_message = "allowed_roots must be URIs of directories, such as file:///srv/projects: plain characters, no .. and no slash at the end."
  }
}

variable "deny_list_named_values" {
  type        = list(string)
  nullable    = false
  description = "Named values that hold the deny list. One takes about 110 object ids; the app fills them in this order."
  default     = ["mcp-denied-oids", "mcp-denied-oids-2"]

  validation {
    condition     = length(var.deny_list_named_values) > 0 && length(distinct(var.deny_list_named_values)) == length(var.deny_list_named_values) && alltrue([for name in var.deny_list_named_values : can(regex("^[A-Za-z0-9][A-Za-z0-9-]{0,79}$", name))])
    error_message = "deny_list_named_values must hold at least one name, each once, of letters, digits and hyphens, a hyphen not first."
  }
}

variable "calls_per_minute" {
  type        = number
  description = "Requests that one principal may make in 60 seconds, over all servers."
  default     = 50

  validation {
    condition     = var.calls_per_minute >= 1 && floor(var.calls_per_minute) == var.calls_per_minute
    error_message = "calls_per_minute must be a whole number of at least 1."
  }
}

variable "calls_per_minute_of_address" {
  type        = number
  nullable    = false
  description = "Requests that one address may make in 60 seconds, over all servers, before anything is known of who makes them: many runners and people may share an address."
  default     = 1000

  validation {
    condition     = var.calls_per_minute_of_address >= var.calls_per_minute && floor(var.calls_per_minute_of_address) == var.calls_per_minute_of_address
    error_message = "calls_per_minute_of_address must be a whole number, and no less than calls_per_minute."
  }
}

variable "maximum_message_depth" {
  type        = number
  nullable    = false
  description = "How deep a message may be nested."
  default     = 64

  validation {
    condition     = var.maximum_message_depth >= 8 && var.maximum_message_depth <= 128 && floor(var.maximum_message_depth) == var.maximum_message_depth
    error_message = "maximum_message_depth must be a whole number from 8 to 128."
  }
}

variable "allowed_origins" {
  type        = list(string)
  nullable    = false
  description = "Origins of web pages that may call the gateway, for example https://tools.contoso.example. Programs other than browsers send none."
  default     = []

  validation {
    condition     = alltrue([for origin in var.allowed_origins : can(regex("^[a-z][a-z0-9+.-]*://[A-Za-z0-9.-]+(:[0-9]+)?$", origin))])
    error_message = "allowed_origins must be a scheme and a host, with a port where it is not the scheme's own."
  }
}

variable "maximum_message_bytes" {
  type        = number
  nullable    = false
  description = "Longest message that is read; longer ones get 413. The gateway holds it in memory while it judges it."
  default     = 1048576

  validation {
    condition     = var.maximum_message_bytes >= 1024 && var.maximum_message_bytes <= 2097152 && floor(var.maximum_message_bytes) == var.maximum_message_bytes
    error_message = "maximum_message_bytes must be a whole number from 1024 to 2097152, which is what API Management buffers."
  }
}

variable "allowed_methods" {
  type        = list(string)
  nullable    = false
  description = "JSON-RPC methods that are passed on besides tools/call, and besides those that mcp_servers opens for a server: tasks, resources, prompts, roots."
  default = [
    "server/discover", "subscriptions/listen", "initialize", "ping", "tools/list", "logging/setLevel",
    "notifications/initialized", "notifications/cancelled", "notifications/progress",
  ]

  validation {
    condition     = alltrue([for method in var.allowed_methods : can(regex("^[A-Za-z0-9_/]+$", method)) && !can(regex("(?i)^(tools/call|resources/|prompts/|completion/|tasks/|notifications/roots/)", method))])
    error_message = "allowed_methods must be method names, and neither tools/call, in whatever case, nor those that mcp_servers opens for a server: resources, prompts, completion, tasks, roots."
  }
}

variable "read_tool_prefixes" {
  type        = list(string)
  nullable    = false
  description = "How the names of reading tools begin, in lower case. Every other tool needs the right to write."
  default     = ["read_", "list_", "get_", "search_", "find_", "view_", "describe_", "directory_tree"]

  validation {
    condition     = length(var.read_tool_prefixes) > 0 && alltrue([for prefix in var.read_tool_prefixes : can(regex("^[a-z0-9_.-]+$", prefix))])
    error_message = "read_tool_prefixes must be in lower case, and not empty: an empty prefix would make every tool a reading one."
  }

  validation {
    condition     = !anytrue(flatten([for prefix in var.read_tool_prefixes : [for tool in ["create_", "update_", "delete_", "write_", "edit_", "push_", "move_"] : startswith(tool, prefix) || startswith(prefix, tool)]]))
    error_message = "read_tool_prefixes must not be how tools begin that create, update, delete, write, edit, push or move."
  }
}

variable "admin_tool_parts" {
  type        = list(string)
  nullable    = false
  description = "What the names of administrative tools contain, in lower case: repository settings and webhooks."
  default     = ["webhook", "_hook", "repository_settings", "repo_settings", "branch_protection", "ruleset", "collaborator", "deploy_key", "delete_repo", "transfer_repo", "archive_repo"]

  validation {
    condition     = length(var.admin_tool_parts) > 0 && alltrue([for part in var.admin_tool_parts : can(regex("^[a-z0-9_.-]+$", part))])
    error_message = "admin_tool_parts must be in lower case, and not empty."
  }
}

variable "resource_arguments" {
  type        = list(string)
  nullable    = false
  description = "Arguments of a tool that say what the call is about, in the order in which they are logged. file_path is filePath and file-path, too. Names only: never one that carries content or a secret's value. To add some of yours, use additional_resource_arguments."
  # What the reference servers call them (github.com/modelcontextprotocol/servers), and those of GitHub, GitLab, Azure
  # DevOps, Kubernetes, databases, storage, and for documents. Paths and addresses are known by resource_argument_endings.
  default = [
    "uri", "url", "path", "file_path", "file", "filename", "files", "paths", "source", "destination", "target", "from", "to",
    "directory", "dir", "folder", "location", "root", "workspace", "working_directory", "cwd",
    "owner", "org", "organization", "repository", "repo", "repository_id", "project", "project_id", "project_key", "group",
    "branch", "ref", "gist_id", "wiki", "wiki_identifier", "page_id", "issue_key", "space_key",
    "name", "names", "entity_name", "resource", "resource_id", "resource_name", "resource_type", "id", "ids",
    "secret_name", "vault", "vault_name", "key_name", "certificate_name",
    "namespace", "cluster", "server", "host", "account", "subscription", "resource_group",
    "database", "schema", "table", "collection", "index", "bucket", "container", "blob", "object", "prefix",
    "drive", "drive_id", "site", "site_id", "file_id", "folder_id", "document", "document_id", "channel", "channel_id",
  ]

  validation {
    condition     = length(var.resource_arguments) > 0 && alltrue([for name in var.resource_arguments : can(regex("^[A-Za-z0-9_]+$", name)) && !contains(["value", "content", "contents", "body", "text", "query", "token", "password", "secret"], lower(name))])
    error_message = "resource_arguments must be argument names, at least one, and none that carries content or a secret: without any no call says what it is about."
  }
}

variable "additional_resource_arguments" {
  type        = list(string)
  nullable    = false
  description = "Further names for resource_arguments: those of your own servers."
  default     = []

  validation {
    condition     = alltrue([for name in var.additional_resource_arguments : can(regex("^[A-Za-z0-9_]+$", name)) && !contains(["value", "content", "contents", "body", "text", "query", "token", "password", "secret"], lower(name))])
    error_message = "additional_resource_arguments must be argument names, and none that carries content or a secret."
  }
}

variable "resource_argument_endings" {
  type        = list(string)
  nullable    = false
  description = "How further arguments that say what a call is about end, whatever stands before it and however it is written: source_pdf_path, outputDir, repo-url. An argument whose name is in resource_arguments is logged before these."
  default = [
    "path", "paths", "file", "files", "filename", "filenames", "directory", "directories", "dir", "dirs",
    "folder", "folders", "uri", "uris", "url", "urls", "repo", "repos", "repository", "repositories", "bucket", "vault",
  ]

  validation {
    condition     = alltrue([for ending in var.resource_argument_endings : can(regex("^[A-Za-z][A-Za-z0-9_]+$", ending)) && !can(regex("(?i)(value|contents?|body|text|query|token|password|secret)$", ending))])
    error_message = "resource_argument_endings must be ends of argument names, and none that carries content or a secret."
  }
}
