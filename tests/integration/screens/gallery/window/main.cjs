// A bare window for the gallery; its page comes with the environment, its size from the test.
const { app, BrowserWindow } = require('electron')

app.disableHardwareAcceleration()
void app.whenReady().then(() => {
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    useContentSize: true,
    frame: false,
    webPreferences: { contextIsolation: true, sandbox: true, backgroundThrottling: false },
  })
  return window.loadURL(process.env.GALLERY_ADDRESS)
})
app.on('window-all-closed', () => app.quit())
