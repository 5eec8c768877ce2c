// Opens a dialog two minutes before the session ends. Where only the hour without a click is over, its one
// button, which has the focus, extends it; the end after eight hours cannot be put off, and the dialog says so.
const NOTICE = 120

export function sessionWarning (dialog) {
  if (!dialog || !dialog.showModal) return
  const form = dialog.querySelector('[data-session-stay]')
  const started = Date.now()
  let idleEnds = started + 1000 * Number(dialog.dataset.idleEndsIn)
  const sessionEnds = started + 1000 * Number(dialog.dataset.sessionEndsIn)
  let toldTotal = false
  // Other tabs of the same session: a click in one counts for all. Only a time is passed on.
  const tabs = new BroadcastChannel('session-end')

  function extendTo (time) {
    idleEnds = Math.max(idleEnds, time)
    const warned = dialog.open && !dialog.querySelector('[data-session-stay] button').hidden
    if (warned && idleEnds - Date.now() > 1000 * NOTICE) dialog.close()
  }

  function show (total) {
    dialog.querySelectorAll('[data-session-when-idle]').forEach((part) => { part.hidden = total })
    dialog.querySelectorAll('[data-session-when-total]').forEach((part) => { part.hidden = !total })
    if (!dialog.open) dialog.showModal()
    dialog.querySelector('button:not([hidden])').focus()
  }

  function look () {
    const now = Date.now()
    if (now >= Math.min(idleEnds, sessionEnds)) {
      window.location.replace(dialog.dataset.signIn)
      return
    }
    if (now >= sessionEnds - 1000 * NOTICE) {
      if (!toldTotal) show(true)
      toldTotal = true
    } else if (now >= idleEnds - 1000 * NOTICE && !dialog.open) {
      show(false)
    }
  }

  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    const response = await fetch(form.action, {
      method: 'POST', body: new FormData(form), headers: { Accept: 'application/json' }
    }).catch(() => null)
    if (!response || !response.ok || response.redirected) {
      form.submit()
      return
    }
    extendTo(Date.now() + 1000 * (await response.json()).idle_seconds)
    tabs.postMessage(idleEnds)
  })
  tabs.addEventListener('message', (event) => extendTo(event.data))
  tabs.postMessage(idleEnds)
  dialog.querySelector('[data-session-close]').addEventListener('click', () => dialog.close())
  window.setInterval(look, 1000)
  look()
}
