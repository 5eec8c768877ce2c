// Keeps what is typed into a confidential form on the server, sealed, a few seconds after the last key. The form
// works without: what arrives after the session has ended is kept as well.
const AFTER = 3000

function keepDraft (form) {
  const status = form.querySelector('[data-draft-status]')
  let timer = null
  let sending = false

  async function send () {
    sending = true
    const response = await fetch(form.dataset.draft, {
      method: 'POST', body: new FormData(form), headers: { Accept: 'application/json' }
    }).catch(() => null)
    sending = false
    if (response && response.ok && !response.redirected) {
      status.textContent = `Draft saved ${(await response.json()).saved}`
    } else {
      status.textContent = 'The draft could not be saved. Your text is still on this page.'
    }
  }

  form.addEventListener('input', () => {
    window.clearTimeout(timer)
    timer = window.setTimeout(send, AFTER)
  })
  form.addEventListener('submit', (event) => {
    window.clearTimeout(timer)
    // A draft on its way must not arrive after what it is a draft of was saved.
    if (sending) {
      event.preventDefault()
      window.setTimeout(() => form.requestSubmit(event.submitter), 200)
    }
  })
}

document.querySelectorAll('form[data-draft]').forEach(keepDraft)
