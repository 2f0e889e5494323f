# Microsoft Graph may make partner topics here. Its registration id is the same for everybody.
resource "azurerm_eventgrid_partner_configuration" "graph" {
  resource_group_name                     = var.resource_group_name
  default_maximum_expiration_time_in_days = var.partner_authorisation_days
  tags                                    = var.tags

  partner_authorization {
    partner_name            = "MicrosoftGraphAPI"
    partner_registration_id = "c02e0126-707c-436d-b6a1-175d2748fb58"
  }
}

# The topic itself comes with the Graph subscription, which only the identity that renews it may create; and the event
# subscription wants a deployed function. Both are there once entra_partner_topic_name is set.
locals {
  partner_topics   = var.entra_partner_topic_name == null ? {} : { entra = var.entra_partner_topic_name }
  partner_topic_id = { for key, name in local.partner_topics : key => "${local.group_id}/providers/Microsoft.EventGrid/partnerTopics/${name}" }
}

# azurerm has neither partner topics nor their subscriptions.
resource "azapi_resource_action" "activate_partner_topic" {
  for_each = local.partner_topic_id

  type        = "Microsoft.EventGrid/partnerTopics@2025-02-15"
  resource_id = each.value
  action      = "activate"
  method      = "POST"
}

resource "azapi_resource" "entra_events" {
  for_each = local.partner_topic_id

  type      = "Microsoft.EventGrid/partnerTopics/eventSubscriptions@2025-02-15"
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
