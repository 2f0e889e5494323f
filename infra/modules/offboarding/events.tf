# Microsoft Graph may make partner topics here. Its registration id is the same for everybody.
resource "azurerm_eventgrid_partner_configuration" "graph" {
  resource_group_name                     = var.resource_group_name
  default_maximum_expiration_time_in_days = var.partner_authorisation_days
  tags                                    = var.tags

  partner_authorization {
    partner_name                         = "MicrosoftGraphAPI"
    partner_registration_id              = "c02e0126-707c-436d-b6a1-175d2748fb58"
    authorization_expiration_time_in_utc = timeadd(plantimestamp(), "${24 * var.partner_authorisation_days}h")
  }

  lifecycle {
    # Counted from when it was made. It is for making topics and not for using them; -replace gives another term.
    ignore_changes = [partner_authorization[0].authorization_expiration_time_in_utc]
  }
}

# The topic itself comes with the Graph subscription, which the deployed app makes: only the application that made it may
# renew it. The event subscription wants a deployed function, too. Hence a second apply, with entra_partner_topic_ready.
locals {
  partner_topic_name = coalesce(var.entra_partner_topic_name, "entra-users-${var.environment}-${var.name_suffix}")
  notification_url   = "EventGrid:?azuresubscriptionid=${var.subscription_id}&resourcegroup=${var.resource_group_name}&partnertopic=${local.partner_topic_name}&location=${var.location}"
  partner_topic_id   = var.entra_partner_topic_ready ? { entra = "${local.group_id}/providers/Microsoft.EventGrid/partnerTopics/${local.partner_topic_name}" } : {}
}

# azurerm has neither partner topics nor their subscriptions.
resource "azapi_resource_action" "activate_partner_topic" {
  for_each = local.partner_topic_id

  type        = "Microsoft.EventGrid/partnerTopics@2022-06-15"
  resource_id = each.value
  action      = "activate"
  method      = "POST"
}

resource "azapi_resource" "entra_events" {
  for_each = local.partner_topic_id

  type      = "Microsoft.EventGrid/partnerTopics/eventSubscriptions@2022-06-15"
  name      = "offboarding"
  parent_id = each.value

  body = {
    properties = {
      eventDeliverySchema = "CloudEventSchemaV1_0"
      destination = {
        endpointType = "AzureFunction"
        properties = {
          resourceId                    = "${azapi_resource.app.id}/functions/entraEvents"
          maxEventsPerBatch             = 1
          preferredBatchSizeInKilobytes = 64
        }
      }
      filter = {
        # A normal deletion is a soft delete and arrives as UserUpdated; UserDeleted means permanent.
        includedEventTypes = [
          "Microsoft.Graph.UserUpdated",
          "Microsoft.Graph.UserDeleted",
          "Microsoft.Graph.SubscriptionReauthorizationRequired",
        ]
      }
      retryPolicy = {
        maxDeliveryAttempts      = 30
        eventTimeToLiveInMinutes = 1440
      }
    }
  }

  depends_on = [azapi_resource_action.activate_partner_topic]
}
