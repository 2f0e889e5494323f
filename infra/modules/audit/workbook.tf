locals {
  # What the workbook shows, from top to bottom. Queries about one person are saved queries only.
  workbook_charts = [
    { query = "after-departure-watch", title = "Calls by those who have left", visualization = "table" },
    { query = "file-system-volume", title = "Documents read in bulk", visualization = "table" },
    { query = "out-of-hours-writes", title = "Changes outside of business hours", visualization = "table" },
    { query = "repeated-403", title = "Refused again and again", visualization = "table" },
    { query = "repeated-401", title = "Calls without a valid token, again and again", visualization = "table" },
    { query = "expected-callers", title = "Who is expected to do what detections report, and until when", visualization = "table" },
    { query = "days-with-rows", title = "Calls a day", visualization = "timechart" },
    { query = "days-without-rows", title = "Working days without any call", visualization = "table" },
    { query = "ingestion-health", title = "How the log was filled", visualization = "table" },
  ]

  # What the app tells of the checklist; they read the table of posture, and are no saved searches of the audit log.
  posture_charts = [
    { query = "numbers", title = "The five numbers of posture", visualization = "table" },
    { query = "shares", title = "Shares, in percent", visualization = "timechart" },
    { query = "counts", title = "Attempts, servers and minutes", visualization = "timechart" },
    { query = "points", title = "Each point of the checklist, as it was judged last", visualization = "table" },
  ]
  workbook_queries = concat(
    [for chart in local.workbook_charts : merge(chart, { name = chart.query, text = local.reader_queries[chart.query] })],
    [for chart in local.posture_charts : merge(chart, {
      name = "posture-${chart.query}"
      text = file("${path.module}/../../../kql/posture/${chart.query}.kql")
    })],
  )
}

resource "azurerm_application_insights_workbook" "audit" {
  # A workbook's name is a GUID.
  name                = uuidv5("url", "mcp-audit/${var.environment}/${var.resource_group_name}")
  location            = var.location
  resource_group_name = var.resource_group_name
  display_name        = "MCP audit (${var.environment})"
  # The service keeps it in lower case, and a plan would show a change for ever.
  source_id = lower(local.workspace.id)
  tags      = var.tags

  data_json = jsonencode({
    version = "Notebook/1.0"
    items = concat(
      [
        {
          type = 9
          name = "parameters"
          content = {
            version = "KqlParameterItem/1.0"
            style   = "pills"
            parameters = [{
              id           = uuidv5("url", "mcp-audit/time-range")
              version      = "KqlParameterItem/1.0"
              name         = "TimeRange"
              type         = 4
              isRequired   = true
              value        = { durationMs = 604800000 }
              typeSettings = { selectableValues = [for days in [1, 7, 14, 30, 90] : { durationMs = days * 86400000 }] }
            }]
          }
        },
      ],
      [
        for chart in local.workbook_queries : {
          type = 3
          name = chart.name
          content = {
            version                  = "KqlItem/1.0"
            title                    = chart.title
            query                    = chart.text
            size                     = 0
            queryType                = 0
            resourceType             = "microsoft.operationalinsights/workspaces"
            visualization            = chart.visualization
            timeContextFromParameter = "TimeRange"
            noDataMessage            = "Nothing in this time range."
          }
        }
      ],
    )
    isLocked            = false
    fallbackResourceIds = [local.workspace.id]
  })
}
