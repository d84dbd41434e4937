/** Every page of ours that is answered without the framework. What it says, in which language, is the dictionaries'. */
export type PageName =
  // the request: nothing of it is proven yet
  | 'malformed'
  | 'client_unknown'
  | 'redirect_unregistered'
  | 'suspended'
  | 'pushed_used'
  | 'pushed_unknown'
  | 'silent'
  | 'busy'
  // a client known by its document
  | 'document_not_trusted'
  | 'document_unavailable'
  | 'document_invalid'
  // the answer: the request waits no more, or the form is not ours
  | 'request_unknown'
  | 'request_expired'
  | 'request_answered'
  | 'client_changed'
  | 'client_removed'
  | 'forbidden'
  // a device
  | 'device_connected'
  | 'device_denied'
  | 'devices_off'
  // who comes back from somebody else's sign-in page
  | 'handoff_unknown'
  | 'handoff_other_browser'
  | 'handoff_no_proof'
  | 'handoff_used'
  | 'upstream_over'
  // the infrastructure
  | 'failed'
