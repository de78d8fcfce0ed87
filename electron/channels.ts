/** The names of everything that passes between the window and the main process. */

export const channels = {
  call: 'till:call',
  event: 'till:event',
  openPhone: 'till:openPhone',
  showCustomer: 'display:show',
  displayShows: 'display:shows',
  displayReady: 'display:ready',
  readPreferences: 'preferences:read',
  writePreferences: 'preferences:write',
} as const;
